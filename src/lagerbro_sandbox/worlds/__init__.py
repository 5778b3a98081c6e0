"""The world maker: a believable history of an invented company, of any size, the same for the same seed.

Every document is made by the acts behind Rackbeat's own paths, in the order of time, so that what is left is what the
API would have left. The sandbox of e-conomic is given the same accounts, groups, customers, suppliers and products.
"""
