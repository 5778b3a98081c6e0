"""The stock value: when it is transferred (domain-rules A26–A31). The flow itself joins with its own issue."""
