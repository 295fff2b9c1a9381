"""News that reach people away from the site: Web Push to their devices, e-mail where there is none."""
