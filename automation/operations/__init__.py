"""What operators and staff watch: figures, signs of life, alarms, the canary, dead letters, the dashboard."""
