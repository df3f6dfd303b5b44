"""Do sound and picture belong together? Lips against voice, and flashes against beeps."""
