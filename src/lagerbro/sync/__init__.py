"""The engine: transfers, attempts, links, intents, claiming and draining."""
