"""Every Norwegian string of the tabs with tools."""

TABS = "Deler av siden"
