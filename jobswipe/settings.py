"""Every setting of the project. The environment is read here and nowhere else; a wrong value stops the start.

Unset DATABASE_URL or REDIS_URL means the servers that come with the project (`jobswipe.embedded`) and development
settings; production names both (README, "Configure").
"""

import sys
from datetime import timedelta
from email.utils import parseaddr
from ipaddress import ip_network
from pathlib import Path

import django_stubs_ext
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from environs import Env, EnvError, validate
from import_export.formats.base_formats import JSON

from jobswipe.beat import every
from jobswipe.broker import broker_of
from jobswipe.database_url import Pooling, checked_url, database_settings, replica_settings
from jobswipe.logs import settings_of, start_sentry
from jobswipe.secret_key import checked_vapid_key, stored_secret_key, stored_vapid_key
from jobswipe.spreadsheets import Csv, Xlsx
from jobswipe.staff_menu import navigation

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules
env = Env()

try:
    DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "var")))
    DATABASE_URL = env.str("DATABASE_URL", "")
    DATABASE_REPLICA_URLS: list[str] = env.list("DATABASE_REPLICA_URLS", [], subcast=checked_url)
    REPLICA_MAX_LAG = env.float("REPLICA_MAX_LAG", 10)  # seconds
    REDIS_URL = env.str("REDIS_URL", "")
    # One server for each role; where one is not named, REDIS_URL has the role too (docs/operate/growth.md).
    BROKER_URL = env.str("BROKER_URL", "")
    CHANNEL_URLS: list[str] = env.list("CHANNEL_URLS", [])
    LIVE_URL = env.str("LIVE_URL", "")
    _test_run = f"jobswipe-test{env.str('PYTEST_XDIST_WORKER', '')}"
    REDIS_PREFIX = env.str("REDIS_PREFIX", _test_run if TESTING else "jobswipe")
    DEBUG = env.bool("DEBUG", not DATABASE_URL)
    SECRET_KEY = env.str("SECRET_KEY", "")
    SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [], subcast=str)
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
    CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
    DATABASE_POOL_SIZE = env.int("DATABASE_POOL_SIZE", 16, validate=validate.Range(min=2))
    DATABASE_POOLER = env.bool("DATABASE_POOLER", False)  # one in transaction mode is between
    REQUESTS_AT_ONCE = env.int("REQUESTS_AT_ONCE", 100, validate=validate.Range(min=1))
    SITE_URL = env.str("SITE_URL", f"http://127.0.0.1:{env.int('PORT', 8000)}")
    SANDBOX_URL = env.str("SANDBOX_URL", f"http://127.0.0.1:{env.int('SANDBOX_PORT', 8900)}")
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", not DEBUG)
    EMAIL_BACKEND = env.str(
        "EMAIL_BACKEND",
        "django.core.mail.backends.console.EmailBackend" if DEBUG else "django.core.mail.backends.smtp.EmailBackend",
    )
    # By which SMTP server: STARTTLS is EMAIL_USE_TLS, TLS from the first byte EMAIL_USE_SSL.
    EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
    EMAIL_PORT = env.int("EMAIL_PORT", 25)
    EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
    EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
    EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
    EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", False)
    EMAIL_SUBJECT_PREFIX = "[JobSwipe] "  # of letters to ADMINS
    EMAIL_TIMEOUT = env.float("EMAIL_TIMEOUT", 10)  # somebody may be waiting for the page
    ADMINS = [(str(one), str(one)) for one in env.list("ADMINS", [], subcast=str)]  # they get the alarms by mail
    DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("FROM_EMAIL", "JobSwipe <jobswipe@localhost>")
    # Web Push: without a key nothing is pushed. Only these services (a leading dot: any name under it) are written to.
    VAPID_PRIVATE_KEY = checked_vapid_key(env.str("VAPID_PRIVATE_KEY", ""))
    VAPID_SUBJECT = env.str("VAPID_SUBJECT", f"mailto:{parseaddr(DEFAULT_FROM_EMAIL)[1]}")
    PUSH_SERVICES: list[str] = env.list(
        "PUSH_SERVICES",
        ["fcm.googleapis.com", ".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com"],
    )
    # Who may read /metrics: whoever has the token, or asks from one of these networks without a proxy in between.
    METRICS_TOKEN = env.str("METRICS_TOKEN", "")
    WORKER_METRICS = env.str("WORKER_METRICS", "", validate=validate.Regexp(r"(.*:\d{1,5})?\Z"))  # where workers tell
    _this_machine = "127.0.0.0/8,::1/128" if DEBUG else ""
    METRICS_ADDRESSES = [ip_network(one) for one in env.str("METRICS_ADDRESSES", _this_machine).split(",") if one]
    BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
    # Requests in a minute, in each web process; 0 is no limit.
    REST_PER_PERSON = env.int("REST_PER_PERSON", 1200, validate=validate.Range(min=0))
    REST_PER_DEVICE = env.int("REST_PER_DEVICE", 1200, validate=validate.Range(min=0))
    REST_PER_ADDRESS = env.int("REST_PER_ADDRESS", 6000, validate=validate.Range(min=0))
    PAGES_PER_ADDRESS = env.int("PAGES_PER_ADDRESS", 6000, validate=validate.Range(min=0))
    LINES_PER_PERSON = env.int("LINES_PER_PERSON", 100, validate=validate.Range(min=1))  # open at once, in each
    LOG_LEVEL = env.str("LOG_LEVEL", "INFO")
    LOG_FORMAT = env.str("LOG_FORMAT", "line" if DEBUG else "json", validate=validate.OneOf(["line", "json"]))
    SENTRY_DSN = env.str("SENTRY_DSN", "")  # without it nothing is sent
    SENTRY_ENVIRONMENT = env.str("SENTRY_ENVIRONMENT", "production")
    TRACES_URL = env.str("TRACES_URL", "")  # of an OpenTelemetry collector, with /v1/traces; without it none are made

    # How applications are carried out (docs/architecture.md). Times are seconds.
    SERVER_APPLICATION_LIMIT = env.int("SERVER_APPLICATION_LIMIT", 15)
    PREMIUM_APPLICATION_LIMIT = env.int("PREMIUM_APPLICATION_LIMIT", None)  # None: as everybody's
    STAFF_APPLICATION_LIMIT = env.int("STAFF_APPLICATION_LIMIT", None)
    SERVER_BROWSERS = env.int("SERVER_BROWSERS", 1, validate=validate.Range(min=1))
    SERVER_HEARTBEAT = env.float("SERVER_HEARTBEAT", 30)
    SERVER_LEASE = env.float("SERVER_LEASE", 120)
    DEVICE_HEARTBEAT = env.float("DEVICE_HEARTBEAT", 60)
    DEVICE_LEASE = env.float("DEVICE_LEASE", 600)
    AGENT_MIN_VERSION = env.str("AGENT_MIN_VERSION", "0.1.0")
    ATTEMPT_TIME_LIMIT = env.float("ATTEMPT_TIME_LIMIT", 300)
    MAX_ATTEMPTS = env.int("MAX_ATTEMPTS", 3)
    RETRY_WAITS = env.list("RETRY_WAITS", [60.0, 300.0, 1500.0], subcast=float)
    WORKER_POLL = env.float("WORKER_POLL", 2)
    HOUSEKEEPING_EVERY = env.float("HOUSEKEEPING_EVERY", 30)
    PULSE_LIMIT = env.float("PULSE_LIMIT", 60)  # seconds after which a silent worker or beat counts as gone
    STALL_ALARM = env.float("STALL_ALARM", 600)
    COMPANY_SCRIPTS_OFF: list[str] = env.list("COMPANY_SCRIPTS_OFF", [])
    CANARY_URL = env.str("CANARY_URL", "")
    CANARY_EVERY = env.float("CANARY_EVERY", 60)
    # Days until what an ended application was sent with is deleted, and an account that nobody uses; 0 keeps them.
    KEEP_STORIES_DAYS = env.int("KEEP_STORIES_DAYS", 730, validate=validate.Range(min=0))
    KEEP_UNUSED_DAYS = env.int("KEEP_UNUSED_DAYS", 1095, validate=validate.Range(min=0))
    WARN_UNUSED_DAYS = env.int("WARN_UNUSED_DAYS", 30, validate=validate.Range(min=1))  # before that
    FEED_POLL = env.float("FEED_POLL", 5)
    STOP_AFTER = env.float("STOP_AFTER", 0 if DEBUG else FEED_POLL + 1)  # a web process that is asked to stop

    # How jobs are read from boards (docs/importing.md). Loopback is for tests and practice boards alone.
    IMPORT_ALLOW_LOOPBACK = env.bool("IMPORT_ALLOW_LOOPBACK", False)
    IMPORT_PAUSE = env.float("IMPORT_PAUSE", 0.5)  # seconds between two requests to one host
    IMPORT_LOGOS = env.bool("IMPORT_LOGOS", True)  # from the job pages of employers that have none
    IMPORT_TIME_LIMIT = env.float("IMPORT_TIME_LIMIT", 60)  # seconds for one request
    IMPORT_MAX_BYTES = env.int("IMPORT_MAX_BYTES", 64 * 1024 * 1024)  # of one answer
    ENGINE_PACE = env.str("ENGINE_PACE", "human", validate=validate.OneOf(["human", "fast"]))

    # How the server lane goes out (docs/proxies.md). Times are seconds.
    PROXY_KEYS = env.list("PROXY_KEYS", [], subcast=str)
    ALLOW_DIRECT = env.bool("ALLOW_DIRECT", None)
    PROXY_CHECK_EVERY = env.float("PROXY_CHECK_EVERY", 300)
    PROXY_CHECK_LIMIT = env.float("PROXY_CHECK_LIMIT", 10)
    PROXY_ECHO_URL = env.str("PROXY_ECHO_URL", "")
    PROXY_OWN_ADDRESS = env.str("PROXY_OWN_ADDRESS", "")
    PROXY_RETIRE_AFTER = env.int("PROXY_RETIRE_AFTER", 8, validate=validate.Range(min=1))
    BREAKER_REFUSALS = env.int("BREAKER_REFUSALS", 5, validate=validate.Range(min=1))
    BREAKER_WINDOW = env.float("BREAKER_WINDOW", 600)
    BREAKER_PAUSE = env.float("BREAKER_PAUSE", 300)
    BREAKER_PAUSE_MOST = env.float("BREAKER_PAUSE_MOST", 6 * 3600)
    POLITE_LIMITS: dict[str, dict[str, float]] = {
        "host": {"parallel": env.int("POLITE_HOST_PARALLEL", 10), "per_hour": env.int("POLITE_HOST_PER_HOUR", 600)},
        "employer": {
            "parallel": env.int("POLITE_PARALLEL", 2),
            "per_hour": env.int("POLITE_PER_HOUR", 60),
            "per_person_day": env.int("POLITE_PER_PERSON_DAY", 10),
            "gap": env.float("POLITE_GAP", 5),
        },
    }
    # Whether browsers of the server lane may open this machine and private networks: the practice employers are there.
    BROWSER_MAY_GO_INSIDE = env.bool("BROWSER_MAY_GO_INSIDE", DEBUG)
    BROWSER_DRIVER = env.str("BROWSER_DRIVER", "chrome", validate=validate.OneOf(["chrome", "undetected"]))
except (EnvError, ValueError) as error:
    raise ImproperlyConfigured(f"A setting in the environment is wrong: {error}") from error

if 0 < KEEP_UNUSED_DAYS <= WARN_UNUSED_DAYS:
    raise ImproperlyConfigured("KEEP_UNUSED_DAYS must be more than WARN_UNUSED_DAYS: people are written to before.")

if EMAIL_USE_TLS and EMAIL_USE_SSL:
    raise ImproperlyConfigured("EMAIL_USE_TLS and EMAIL_USE_SSL exclude each other: choose what the mail server has.")

if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured("SECRET_KEY is not set. Give it a long random value, the same on every machine.")
    SECRET_KEY = stored_secret_key(DATA_DIR / "secret-key")

if DEBUG and not VAPID_PRIVATE_KEY:
    VAPID_PRIVATE_KEY = stored_vapid_key(DATA_DIR / "vapid-key")

_has_redis = bool(REDIS_URL or (BROKER_URL and CHANNEL_URLS and LIVE_URL))
if not (DATABASE_URL and _has_redis):
    from jobswipe.embedded import servers  # production needs none of it

    _servers = servers(DATA_DIR / "servers", postgres=not DATABASE_URL, redis=not _has_redis)
    DATABASE_URL = DATABASE_URL or _servers.database_url
    REDIS_URL = REDIS_URL or _servers.redis_url
BROKER_URL = BROKER_URL or REDIS_URL
CHANNEL_URLS = CHANNEL_URLS or [REDIS_URL]
LIVE_URL = LIVE_URL or REDIS_URL

# ---------------------------------------------------------------- Django

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.forms",
    "unfold.contrib.import_export",
    "accounts",
    "jobs",
    "applications",
    "notifications",
    "automation",
    "proxies",
    "jobswipe.apps.JobswipeConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "channels",
    "csp",
    "django_celery_beat",
    "django_prometheus",
    "drf_spectacular",
    "import_export",
    "pgtrigger",
    "rest_framework",
]

MIDDLEWARE = [
    "jobswipe.logs.with_request_id",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "jobswipe.measures.with_database_time",
    "django.middleware.security.SecurityMiddleware",
    "jobswipe.limits.by_address",
    "jobswipe.caching.by_class",
    "jobswipe.content_policy.ContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "jobswipe.time_zone.in_the_persons_zone",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "jobswipe.replicas.noting_writes",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
    # Last, though its guide says first: Django's own handler, which tests use, goes to a thread and back for each
    # middleware outside of it. Ours (jobswipe.handler) stays in one thread.
    "whitenoise.middleware.WhiteNoiseMiddleware",
]

PROMETHEUS_EXPORT_MIGRATIONS = False  # it would ask the database at each start
ROOT_URLCONF = "jobswipe.urls"
ASGI_APPLICATION = "jobswipe.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "applications.context.needs_you",
                "notifications.context.push_offer",
            ]
        },
    }
]

FORMS_URLFIELD_ASSUME_HTTPS = True  # what Django 6 does by itself
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]  # those that have their texts under locale/: a half-translated page helps nobody
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# ---------------------------------------------------------------- data

# Under ASGI a connection is borrowed from the pool for a piece of work, never kept by a thread
# (docs.djangoproject.com/en/5.2/ref/databases, "Persistent connections").
_pooling = Pooling(DATABASE_POOL_SIZE, by_transaction=DATABASE_POOLER)
DATABASES = {"default": database_settings(DATABASE_URL, _pooling)}
DATABASES |= {
    f"replica{number}": replica_settings(url, _pooling) for number, url in enumerate(DATABASE_REPLICA_URLS, 1)
}
DATABASE_REPLICAS = [name for name in DATABASES if name != "default"]
DATABASE_ROUTERS = ["jobswipe.replicas.Router"]

CHANNEL_LAYERS = {
    "default": {
        # The core layer drops a burst beyond its capacity; the pub/sub layer does not. Either way the layer only
        # says "look at the feed": events are read from PostgreSQL.
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {
            "hosts": [
                {"address": url, "socket_connect_timeout": 2, "health_check_interval": 25} for url in CHANNEL_URLS
            ],
            "prefix": REDIS_PREFIX,
        },
    }
}

# Sign-in limits: in PostgreSQL, so that they hold for all web processes together and while Redis is away.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    # What a process has seen of people's decks; forgetting it costs time alone.
    "reach": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "reach",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

# Resumes and evidence: private, served by views that ask whose they are.
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(DATA_DIR / ("test-media" if TESTING else "media"))))

# The desktop program, as `script/wheel` builds it and /download hands it out.
WHEELS_DIR = Path(env.str("WHEELS_DIR", str(DATA_DIR / "wheels")))

STATIC_URL = "static/"
_serve_sources = DEBUG or TESTING  # no collectstatic before the first page
STATIC_ROOT = None if _serve_sources else BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = _serve_sources
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if _serve_sources
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
RESUME_MAX_BYTES = 10 * 1024 * 1024
EVIDENCE_MAX_BYTES = 10 * 1024 * 1024
REQUEST_MAX_BYTES = 16 * 1024 * 1024  # of any request; more is refused before it is read

# ---------------------------------------------------------------- people

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none" if DEBUG else "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""  # who it is from says it
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/jobs"
ACCOUNT_SIGNUP_REDIRECT_URL = "/start"
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
MFA_ADAPTER = "accounts.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "JobSwipe"
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG  # http://localhost
MFA_ALLOW_UNVERIFIED_EMAIL = DEBUG  # where nobody has to verify it
DEMO_EMAIL = "demo@jobswipe.example"
DEMO_PASSWORD = "swipe-right"  # noqa: S105 the demo person exists only where `seed_demo` was run, which DEBUG allows

# ---------------------------------------------------------------- browsers on our side of the wire

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
SECURE_REDIRECT_EXEMPT = ["^(healthz|readyz|metrics)$"]  # asked inside the network, without TLS
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# ---------------------------------------------------------------- the admin

UNFOLD = {
    "SITE_TITLE": "JobSwipe",
    "SITE_HEADER": "JobSwipe staff",
    "SITE_SYMBOL": "work",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda _request: static("img/logo.svg")}],
    "DASHBOARD_CALLBACK": "automation.operations.dashboard.fill",
    "SIDEBAR": {"show_search": True, "navigation": navigation()},
}
IMPORT_EXPORT_FORMATS = [Csv, Xlsx, JSON]
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True  # what an employer wrote must not run in somebody's spreadsheet
IMPORT_EXPORT_SKIP_ADMIN_LOG = True

# ---------------------------------------------------------------- REST

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.BearerAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.authentication.IsPerson"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["jobswipe.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "jobswipe.pagination.NewestFirst",
    "PAGE_SIZE": 50,
    "DEFAULT_THROTTLE_CLASSES": ["jobswipe.limits.PersonThrottle"],
    "EXCEPTION_HANDLER": "jobswipe.problem_documents.problem_response",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "JobSwipe",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "jobswipe.api.say_what_all_refuse",
    ],
    "ENUM_NAME_OVERRIDES": {"JobStatusEnum": "jobs.models.Job.Status"},
}

# ---------------------------------------------------------------- Celery

# Messages are hints: the truth is a row, every hint may be lost or come twice, and workers look at PostgreSQL too.
# docs/architecture.md ("Celery, setting by setting") says why each of these stands as it does.
CELERY_BROKER_URL = BROKER_URL
_broker = broker_of(BROKER_URL, REDIS_PREFIX)
CELERY_BROKER_TRANSPORT_OPTIONS = _broker.transport_options
CELERY_BROKER_HEARTBEAT = 30
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_POOL_ACQUIRE_TIMEOUT = 2
CELERY_TASK_ACKS_LATE = False
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_CREATE_MISSING_QUEUES = False
CELERY_TASK_QUEUES = _broker.queues
CELERY_TASK_DEFAULT_EXCHANGE_TYPE = _broker.exchange_type
CELERY_TASK_DEFAULT_QUEUE = "maintenance"
# A browser is a process of its own; a thread that waits for it costs nothing and shares one warm browser.
CELERY_WORKER_POOL = "threads"
CELERY_WORKER_CONCURRENCY = SERVER_BROWSERS + 2
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_DISABLE_PREFETCH = _broker.disable_prefetch
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "sweep": every(15, "automation.tasks.sweep"),
    "notifications": every(15, "notifications.tasks.deliver"),
    "unmarked news": every(3600, "notifications.tasks.find_unmarked"),
    "housekeeping": every(HOUSEKEEPING_EVERY, "automation.tasks.keep_house", expires=30),
    "read boards": every(60, "jobs.tasks.read_due_boards"),
    "write words": every(20, "jobs.tasks.write_words"),
    "forget": every(3600, "automation.tasks.forget"),
    "check proxies": every(30, "proxies.tasks.check_proxies"),
}

# ---------------------------------------------------------------- logs

LOGGING = settings_of(LOG_LEVEL, as_json=LOG_FORMAT == "json")
if SENTRY_DSN:
    start_sentry(SENTRY_DSN, SENTRY_ENVIRONMENT)
