"""How what governs the bank comes into force: proposed, reviewed and ratified by different people, in the open."""
