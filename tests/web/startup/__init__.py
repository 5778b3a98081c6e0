"""The page Opstarts-synk."""
