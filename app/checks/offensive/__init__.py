"""Words and content that hurt people or embarrass the account that posts them."""
