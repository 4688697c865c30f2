"""What one employee, leader or customer is and does: records and rules. Imports nothing else of ours."""
