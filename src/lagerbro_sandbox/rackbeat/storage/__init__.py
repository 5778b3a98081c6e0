"""The sandbox's tables: records with what lists look for, movements of stock, webhooks and what they are to tell."""
