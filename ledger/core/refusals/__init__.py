"""Why the bank says no: a closed set, one file for each room, and the order in which they come first."""
