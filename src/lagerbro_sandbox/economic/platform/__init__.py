"""Who may call and what may go wrong: grants, roles, modules, webhooks, switches (economic-api 1, 11)."""
