"""*Aktiver integration*: the page of the pre-flight, and what is said when it is done."""
