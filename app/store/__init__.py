"""The store: the only place with SQL. SQLite without set-up, PostgreSQL by URL."""
