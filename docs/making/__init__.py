"""What makes the documentation: reference pages, the site's own pages, pictures and the handout."""
