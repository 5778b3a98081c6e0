"""Who is connected to whom: a Rackbeat account and an e-conomic agreement, from *Installér* to the end.

An agreement passes these files in this order (domain-rules A1–A7, A33, H1, H4, H5, H7):

    installations    begun in one browser, two grants one after the other (or `plain_keys`, typed in)
    binding          both companies confirmed → one agreement; its webhooks at both systems
    preflight        everything that is looked at before anything begins
    activation       nothing blocks → webhooks, schedules, active (under `activation_lease`)
    probe            are both grants still good?
    reconnecting     as far as it had come, after it was gone
    disconnecting    from here, from Rackbeat or from e-conomic

Who may act is `people`; the rows, secrets and settings are `agreements`; `app` puts the program together.
"""
