"""Lagerbro: keeps Rackbeat's stock side and Visma e-conomic's books in agreement."""
