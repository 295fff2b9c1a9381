"""No-op jobs on other queues, each as its makers describe it. A module prints how many jobs it did in how long."""
