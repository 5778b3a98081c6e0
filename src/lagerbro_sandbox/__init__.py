"""A faithful local e-conomic and a faithful local Rackbeat. Imports nothing of the product."""
