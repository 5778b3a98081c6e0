"""What customers and products name in e-conomic beside groups: contacts, places, people, departments, units."""
