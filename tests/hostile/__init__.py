"""Files made to harm, or harmed, and what their line in the report must say."""
