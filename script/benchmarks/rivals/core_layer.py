"""The product's settings with the other channel layer: lists in Redis, a bounded one for each process."""

from jobswipe.settings import *  # noqa: F403
from jobswipe.settings import CHANNEL_LAYERS

CHANNEL_LAYERS["default"]["BACKEND"] = "channels_redis.core.RedisChannelLayer"
