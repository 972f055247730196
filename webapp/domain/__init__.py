"""What would be true on paper: rules on values and loaded objects. No HTTP, query or clock."""
