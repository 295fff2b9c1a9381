"""Exits for the server lane."""

from django.db import models


class Proxy(models.Model):
    """A proxy server through which browsers on the server go out."""

    class Scheme(models.TextChoices):
        HTTP = "http", "HTTP"
        HTTPS = "https", "HTTPS"
        SOCKS5 = "socks5", "SOCKS5"

    scheme = models.CharField(max_length=6, choices=Scheme, default=Scheme.HTTP)
    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField()
    country = models.CharField(max_length=2, blank=True)
    is_enabled = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "proxies"
        constraints = [
            models.UniqueConstraint(fields=["scheme", "host", "port"], name="one_proxy_per_address"),
            models.CheckConstraint(condition=models.Q(port__range=(1, 65535)), name="port_is_a_port"),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def url(self) -> str:
        """The address as the engine's `--proxy` takes it."""
        return f"{self.scheme}://{self.host}:{self.port}"
