"""Pages, forms, static files, messages and the doors that webhooks knock on."""
