"""What answers to a survey come to, and how they lie beside those of real samples."""
