"""Skills that a posting names, found by a fixed list: what cards show, filters find and ranking counts."""

import re
from functools import cache

from ahocorasick_rs import AhoCorasick

# One spelling a line is enough: "js" and the like follow the equals sign.
NAMES = """
Python; Java; JavaScript = js; TypeScript = ts; Go = golang; Rust; C++ = cpp; C#; Ruby; PHP; Swift; Kotlin; Scala; R; Perl; Elixir; Haskell; Clojure;
Dart; Lua; MATLAB; Julia; Solidity; SQL; HTML; CSS; Bash; PowerShell; Objective-C; Erlang; COBOL; ABAP; VHDL; Verilog; OCaml; Zig;
Django; Flask; FastAPI; Rails = ruby on rails; Spring = spring boot, springboot; Node.js = node, nodejs; React = reactjs, react.js; Vue = vue.js, vuejs; Angular;
Svelte; Next.js = nextjs; React Native; Flutter; .NET = dotnet, asp.net; Laravel; Express = express.js; GraphQL; REST = restful; gRPC; WebSockets; Tailwind;
PostgreSQL = postgres; MySQL; SQLite; MongoDB = mongo; Redis; Cassandra; DynamoDB; Elasticsearch; Snowflake; BigQuery; Redshift; ClickHouse; Databricks; Oracle;
Kafka; RabbitMQ; Spark = pyspark; Hadoop; Airflow; dbt; Flink; Fivetran; ETL; Looker; Tableau; Power BI = powerbi; Excel; Metabase; pandas; NumPy;
PyTorch; TensorFlow; JAX; scikit-learn = sklearn; Machine learning; Deep learning; LLM = llms, large language models; NLP; Computer vision; RAG; MLOps;
CUDA; Hugging Face; LangChain; OpenAI; Reinforcement learning; Statistics; A/B testing; Data modeling; Data analysis; Prompt engineering; Generative AI;
AWS = amazon web services; GCP = google cloud; Azure; Kubernetes = k8s; Docker; Terraform; Ansible; Helm; Linux; Jenkins; CI/CD; GitHub Actions; GitLab; Git;
Prometheus; Grafana; Datadog; Observability; Serverless; Microservices; Distributed systems; Networking; Nginx; Istio; CloudFormation; Pulumi; ArgoCD;
Security; OAuth; SAML; SOC 2; ISO 27001; Penetration testing; SIEM; Zero trust; IAM; Cryptography; GDPR; HIPAA; FedRAMP; Incident response;
iOS; Android; SwiftUI; Jetpack Compose; Unity; Unreal = unreal engine; WebGL; Three.js; Embedded; Firmware; RTOS; FPGA; PCB; CAD; SolidWorks; AutoCAD;
ROS; Robotics; CAN; PLC; SCADA; IoT; Bluetooth; 3D printing; GD&T; Altium; Ansys; Lidar;
Selenium; Playwright; Cypress; pytest; Jest; Test automation; QA; Postman; JUnit; Load testing; TDD;
Figma; Sketch; Adobe XD; Photoshop; Illustrator; InDesign; After Effects; Premiere = premiere pro; Prototyping; User research; Design systems;
Wireframing; Accessibility = a11y, wcag; Typography; Motion design; Webflow; Framer; Canva; Blender;
Product management; Roadmapping; Agile; Scrum; Kanban; Jira; Confluence; Notion; Asana; OKRs; Project management; PMP; Stakeholder management; Linear;
Salesforce; HubSpot; Outreach; Gong; Apollo; LinkedIn Sales Navigator; MEDDIC; MEDDPICC; Cold calling; Prospecting; Negotiation; CRM; Account management;
Enterprise sales; Business development; Lead generation; Zendesk; Intercom; Freshdesk; Customer success; Technical support; Onboarding; SaaS; B2B;
SEO; SEM; Google Ads; Google Analytics = ga4; Facebook Ads = meta ads; Content marketing; Copywriting; Email marketing; Marketo; Mailchimp; Social media; PPC;
Branding; Public relations; Event planning; Storytelling; Technical writing; Editing; Community management; Influencer marketing; Demand generation;
Accounting; GAAP; IFRS; QuickBooks; NetSuite; SAP; Xero; Financial modeling; Forecasting; Budgeting; FP&A; Auditing; Tax; Payroll; Accounts payable;
Accounts receivable; CPA; CFA; Treasury; Valuation; Due diligence; Risk management; Underwriting; Bookkeeping; Invoicing;
Recruiting; Sourcing; Greenhouse; Workday; Employee relations; Compensation; Benefits; HRIS; Talent acquisition; Performance management; Payroll;
Contract negotiation; Contracts; Litigation; Compliance; Intellectual property; Regulatory affairs; AML; KYC; Privacy; Licensing;
Supply chain; Logistics; Procurement; Inventory management; Lean; Six Sigma; Quality control; Forklift; Warehouse; Manufacturing; ERP; Scheduling; Purchasing;
Nursing; Patient care; EHR; Epic; CPR; BLS; Phlebotomy; Clinical trials; GCP compliance; Pharmacology; Mental health; Medical billing; Telehealth; Biology;
Chemistry; Genomics; Cell culture; PCR; Bioinformatics; GMP; Spectroscopy; Microbiology; Teaching; Curriculum development; Tutoring; Instructional design;
CDL; Welding; Electrical; HVAC; Plumbing; Carpentry; Construction; OSHA; Cooking; Food safety; Cash handling; Retail; Merchandising; Cleaning;
German; French; Spanish; Italian; Portuguese; Dutch; Japanese; Mandarin; Korean; Arabic; Hindi; Polish; Swedish; Russian; Turkish; Hebrew;
Blockchain; Ethereum; DeFi; Web3; Smart contracts; Payments; Fintech; E-commerce = ecommerce; Shopify; WordPress; Stripe; Twilio; Zapier; Airtable;
Data entry; Customer service; Communication; Leadership; Mentoring; Public speaking; Analytics; Operations; Strategy; Research; Consulting; Automation
"""
_AMBIGUOUS = {"polish", "cad", "rails", "embedded", "bls", "r", "go", "node", "express", "spring", "rest", "rust", "swift", "ts", "js", "linear", "epic", "apollo", "notion", "spark", "helm", "lean", "can", "excel",
              "outreach", "sketch", "illustrator", "oracle", "react", "unity", "flask", "git", "zig", "julia", "dart", "ros", "rag", "stripe", "openai"}  # fmt: skip
_TOO_COMMON = {"communication", "leadership", "operations", "strategy", "research", "benefits", "onboarding", "security", "compensation", "analytics",
               "consulting", "automation", "scheduling", "editing", "retail", "electrical", "tax", "licensing", "privacy", "contracts", "payments", "greenhouse", "networking"}  # fmt: skip
# Postings say these of themselves, of benefits or of another team: what it is about comes in the title, or again and again.
_IN_PASSING = {"accessibility", "chemistry", "cleaning", "compliance", "construction", "customer success", "mental health",
               "recruiting", "social media", "talent acquisition", "telehealth", "warehouse", "workday"}  # fmt: skip
OFTEN = 3  # times
MOST = 40
_R = re.compile(r"\bR(?![\w'’&+#.-])")
_CAD = re.compile(r"(?<![\d$kK])(?<![\d$kK] )\bCAD\b(?!\s*[)$\d])")
_JAVA = re.compile(r"\b(Java|Kotlin)\b")
_SEASON = re.compile(
    r"\W{0,3}(\d|intern|co-?op|semester|term|break|season|cohort|class|grad|summer|fall|autumn|winter|health)",
    re.IGNORECASE,
)


@cache
def _spellings() -> tuple[dict[str, str], dict[str, str]]:
    """Return the skills of one word, and those of several, by how they are written."""
    spelled: dict[str, str] = {}
    for entry in NAMES.replace("\n", " ").split(";"):
        name, _, others = entry.partition("=")
        for spelling in [name, *others.split(",")]:
            if spelling.strip():
                spelled[spelling.strip().casefold()] = name.strip()
    several = {spelling: name for spelling, name in spelled.items() if " " in spelling}
    return {spelling: name for spelling, name in spelled.items() if spelling not in several}, several


@cache
def _starts() -> dict[str, list[tuple[bytes, str]]]:
    """Return the skills of several words, with how they are written, by the first of these words."""
    starts: dict[str, list[tuple[bytes, str]]] = {}
    for spelling, name in _spellings()[1].items():
        starts.setdefault(spelling.split()[0], []).append((spelling.encode(), name))
    return starts


_IN_TOKENS = b"abcdefghijklmnopqrstuvwxyz0123456789+#./&-"  # what may be inside of one: "c++", "node.js", "ci/cd"
_APART = bytes(one if one in _IN_TOKENS else 32 for one in range(256))


@cache
def _written() -> dict[str, str]:
    """Return what is or begins a skill by how it may stand between blanks: " python ", " python. ", " -python "."""
    tokens = {*_spellings()[0], *_starts()}
    ways = [before + "{}" + after for before in ("+", "#", "/", "&", "-") for after in ("", ".")]
    ways += ["{}" + after for after in (".", "...", "/", "&", "-", "")]  # last, so that ".net" is itself
    return {f" {way.format(token)} ": token for way in ways for token in tokens}


@cache
def _finder() -> AhoCorasick:
    """Return what finds all of them in one pass. Two that are neighbours share the blank between them."""
    return AhoCorasick(_written())


def skill_name(text: str) -> str:
    """Return the usual name of a skill that a person typed; the text itself when it is not on the list."""
    one, several = _spellings()
    word = text.strip().casefold()
    return one.get(word) or several.get(word) or text.strip()


def skills_in(title: str, text: str) -> list[str]:
    """Return the skills that a posting names, in alphabetic order, at most 40.

    A word that is also an everyday one (Go, Excel, React) counts when it is written as the name is.
    """
    whole = f"{title}\n{text}"
    low = whole.encode("ascii", "replace").lower()  # skills are written in ASCII, and bytes read in half the time
    apart = (b" %b " % low.translate(_APART)).decode()
    written = _written()
    tokens = {written[one] for one in set(_finder().find_matches_as_strings(apart, overlapping=True))}
    one, starts = _spellings()[0], _starts()
    found = {one[token] for token in tokens if token in one and _is_meant(token, one[token], whole)}
    for token in tokens:
        found.update(name for spelling, name in starts.get(token, ()) if spelling in low)
    return sorted(name for name in found if name.casefold() not in _IN_PASSING or _is_work(name, title, low))[:MOST]


def _is_work(name: str, title: str, low: bytes) -> bool:
    """Tell whether a posting is about what others only mention."""
    return name.casefold() in title.casefold() or low.count(name.casefold().encode()) >= OFTEN


@cache
def odd_names() -> tuple[str, ...]:
    """Return the skills of one word that a capital at the beginning does not make: "SQL", "PostgreSQL", "iOS"."""
    names = set(_spellings()[0].values())
    return tuple(
        name
        for name in sorted(names)
        if name.isalpha() and name != name.capitalize() and name.casefold() not in _AMBIGUOUS
    )


def _is_meant(token: str, name: str, whole: str) -> bool:
    if token in _TOO_COMMON:
        return False
    if name == "R" and not _R.search(whole):  # else somebody's initial, or R&D
        return False
    if name == "CAD" and not _CAD.search(whole):  # else Canadian dollars
        return False
    if name == "Spring" and not _JAVA.search(whole):  # else a season, or an employer's health plan
        return False
    return token not in _AMBIGUOUS or token in {"js", "ts"} or _inside_a_sentence(name, whole)


def _inside_a_sentence(name: str, whole: str) -> bool:
    """Tell whether the name stands in a list or in the middle of a sentence: "Go above and beyond" is no language."""
    start = whole.find(name)
    while start >= 0:
        end = start + len(name)
        if _follows(whole[max(start - 2, 0) : start]) and not (
            whole[end : end + 1].isalnum()
            or whole[end : end + 1] in {"'", "’", "-"}
            or (name == "Spring" and _SEASON.match(whole, end))
        ):
            return True
        start = whole.find(name, end)
    return False


def _follows(before: str) -> bool:
    """Tell whether a word after these two characters goes on a sentence or a list."""
    return before[-1:] in {"/", "(", ","} or (
        before[-1:] == " " and (before[:1].islower() or before[:1] in set(",:;&/+#0123456789"))
    )
