"""The trainer's page: stories in which a room predicts first, and then sees what the model shows."""
