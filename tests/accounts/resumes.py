"""Resumes as people write them, and what reading each should give."""

from typing import Any, NamedTuple


class Sample(NamedTuple):
    """A resume's text and what stands in it: single values by field, and the rows of its lists."""

    text: str
    said: dict[str, Any]
    work: list[tuple[str, str, str, str]]  # title, company, start, end
    education: list[tuple[str, str, str, int | None]]  # school, degree, field, year
    skills: list[str]
    languages: list[str]


CLASSIC = Sample(
    """Ada Moreno
Austin, TX 78701 | +1 (512) 555-0142 | ada@moreno.dev | linkedin.com/in/adamoreno | github.com/amoreno

SUMMARY
Engineer who likes boring databases.

EXPERIENCE
Senior Software Engineer, Meridian Labs  Jan 2019 – Present
• Cut the nightly import from 6 hours to 20 minutes, Mar 2020 – May 2020, with two colleagues and a lot of patience.
• Led a team of four.
Software Engineer, Halcyon Systems, Inc.  06/2016 - 12/2018
• Built the billing service
  which runs to this day.

EDUCATION
University of Texas at Austin — B.S. in Computer Science, 2016

SKILLS
Languages: Python (8 years), Go, C++, SQL
Tools: PostgreSQL, Docker, AWS (EC2, S3)
""",
    {
        "first_name": "Ada", "last_name": "Moreno", "phone": "+15125550142", "city": "Austin", "region": "TX",
        "postal_code": "78701", "country": "US", "linkedin": "https://linkedin.com/in/adamoreno",
        "github": "https://github.com/amoreno", "current_company": "Meridian Labs",
        "current_title": "Senior Software Engineer", "experience_years": 10,
    },
    [
        ("Senior Software Engineer", "Meridian Labs", "2019-01", ""),
        ("Software Engineer", "Halcyon Systems, Inc.", "2016-06", "2018-12"),
    ],
    [("University of Texas at Austin", "B.S.", "Computer Science", 2016)],
    ["Python", "Go", "C++", "SQL", "PostgreSQL", "Docker", "AWS"],
    [],
)  # fmt: skip

COMPANY_ABOVE = Sample(
    """MARY JANE O'NEILL, MBA
742 Evergreen Terrace, Springfield, IL 62704
Phone: 217-555-0199   Email: mj.oneill@example.com
www.maryjane.design

Work Experience
Northwind Traders                                   Chicago, IL
Marketing Manager                                   March 2021 – June 2024
- Ran the spring campaign
- Hired three people
Contoso Ltd.                                        Springfield, IL
Marketing Assistant                                 Sept 2017 – February 2021
- Wrote the newsletter

Education
Master of Business Administration
University of Illinois, Springfield, IL
2017
Bachelor of Arts in Communication
Knox College
2012 - 2015

Skills
• Copywriting
• Google Analytics
• Photoshop, Illustrator; InDesign

Languages
English (native), Spanish - fluent
""",
    {
        "first_name": "Mary Jane", "last_name": "O'Neill", "phone": "+12175550199", "street": "742 Evergreen Terrace",
        "city": "Springfield", "region": "IL", "postal_code": "62704", "country": "US",
        "website": "https://www.maryjane.design", "experience_years": 6,
    },
    [
        ("Marketing Manager", "Northwind Traders", "2021-03", "2024-06"),
        ("Marketing Assistant", "Contoso Ltd.", "2017-09", "2021-02"),
    ],
    [
        ("University of Illinois", "Master of Business Administration", "", 2017),
        ("Knox College", "Bachelor of Arts", "Communication", 2015),
    ],
    ["Copywriting", "Google Analytics", "Photoshop", "Illustrator", "InDesign"],
    ["English", "Spanish"],
)  # fmt: skip

TITLE_ABOVE_DATES_BELOW = Sample(
    """Curriculum Vitae
Name: Ludwig van der Berg
Address: Berlin, Germany
Tel.: 030 901820
E-Mail: ludwig@example.de

E M P L O Y M E N T   H I S T O R Y
Data Engineer
Zalmoxis GmbH
02/2020 - Present
Moved the warehouse to something that answers.
Working Student
Charité Hospital
10/2017 - 01/2020

ACADEMIC BACKGROUND
2018 – 2020  M.Sc. Data Science, Humboldt-Universität zu Berlin
2014 – 2017  B.Sc. Physics, Technische Universität Dresden

TECHNICAL SKILLS
Python · Spark · dbt · Airflow

SPRACHEN
Deutsch (Muttersprache), Englisch C1
""",
    {
        "first_name": "Ludwig", "last_name": "van der Berg", "phone": "+4930901820", "city": "Berlin", "country": "DE",
        "current_company": "Zalmoxis GmbH", "current_title": "Data Engineer", "experience_years": 9,
    },
    [
        ("Data Engineer", "Zalmoxis GmbH", "2020-02", ""),
        ("Working Student", "Charité Hospital", "2017-10", "2020-01"),
    ],
    [
        ("Humboldt-Universität zu Berlin", "M.Sc.", "Data Science", 2020),
        ("Technische Universität Dresden", "B.Sc.", "Physics", 2017),
    ],
    ["Python", "Spark", "dbt", "Airflow"],
    ["German", "English"],
)  # fmt: skip

TITLE_THEN_COMPANY = Sample(
    """Priya Raghunathan
priya.r@example.in | +91 98765 43210 | Bengaluru, Karnataka, India
https://www.linkedin.com/in/priya-r-01/

PROFESSIONAL EXPERIENCE

Product Manager   Aug 2022 - Present
Flipmart, Bengaluru
• Owns checkout

Associate Product Manager   Jul 2020 - Jul 2022
Zentech Solutions
• Shipped the wallet

EDUCATION
Indian Institute of Technology Madras, B.Tech, Electrical Engineering (2016 - 2020)

KEY SKILLS
Roadmaps, SQL, A/B testing, Figma
""",
    {
        "first_name": "Priya", "last_name": "Raghunathan", "phone": "+919876543210", "city": "Bengaluru",
        "region": "Karnataka", "country": "IN", "linkedin": "https://www.linkedin.com/in/priya-r-01",
        "current_company": "Flipmart, Bengaluru", "current_title": "Product Manager", "experience_years": 6,
    },
    [
        ("Product Manager", "Flipmart, Bengaluru", "2022-08", ""),
        ("Associate Product Manager", "Zentech Solutions", "2020-07", "2022-07"),
    ],
    [("Indian Institute of Technology Madras", "B.Tech", "Electrical Engineering", 2020)],
    ["Roadmaps", "SQL", "A/B testing", "Figma"],
    [],
)  # fmt: skip

AT_AND_YEARS_ONLY = Sample(
    """Tomás García
London, United Kingdom
+44 20 7946 0018

Career History
Head of Finance at Brightwater Group (2018 - now)
Financial Controller at Larkspur plc (2013 - 2018)

Qualifications
BSc Economics, London School of Economics, 2012

Skills: Excel, IFRS and SAP
Languages: English, Spanish, French
""",
    {
        "first_name": "Tomás", "last_name": "García", "phone": "+442079460018", "city": "London", "country": "GB",
        "current_company": "Brightwater Group", "current_title": "Head of Finance", "experience_years": 13,
    },
    [
        ("Head of Finance", "Brightwater Group", "2018", ""),
        ("Financial Controller", "Larkspur plc", "2013", "2018"),
    ],
    [("London School of Economics", "BSc", "Economics", 2012)],
    ["Excel", "IFRS and SAP"],
    ["English", "Spanish", "French"],
)  # fmt: skip

NO_JOBS_YET = Sample(
    """Chen Wei
chen@example.com
Education
B.S. Computer Science, expected May 2027
State University
GPA: 3.8/4.0
Projects
Chess engine in Rust, 2025 - 2026
Skills
Rust
Python
""",
    {"first_name": "Chen", "last_name": "Wei"},
    [],
    [("State University", "B.S.", "Computer Science", 2027)],
    ["Rust", "Python"],
    [],
)

POSITIONS_UNDER_ONE_EMPLOYER = Sample(
    """John A. Smith
Software Engineer
San Francisco, CA • (415) 555-2671 • john.smith@example.com • johnsmith.io

Professional Summary
10+ years building systems.

Professional Experience

Gizmonic | Mountain View, CA
Staff Software Engineer | May 2020 - Present
● Led things
Senior Software Engineer | Jan 2017 - May 2020
● Did other things in 2018 - 2019

Stratus, San Francisco, CA — Software Engineer
July 2014 - December 2016
● Payments

Education
Leland University                              2010 - 2014
B.S. Computer Science, GPA 3.9
""",
    {
        "first_name": "John", "last_name": "Smith", "phone": "+14155552671", "city": "San Francisco", "region": "CA",
        "country": "US", "website": "https://johnsmith.io", "current_company": "Gizmonic",
        "current_title": "Staff Software Engineer", "experience_years": 12,
    },
    [
        ("Staff Software Engineer", "Gizmonic", "2020-05", ""),
        ("Senior Software Engineer", "Gizmonic", "2017-01", "2020-05"),
        ("Software Engineer", "Stratus", "2014-07", "2016-12"),
    ],
    [("Leland University", "B.S.", "Computer Science", 2014)],
    [],
    [],
)  # fmt: skip

NURSE = Sample(
    """Jane Doe
Registered Nurse
123 Oak Avenue, Apt 4B, Denver, Colorado 80203
jane@example.org  303.555.0188

EMPLOYMENT
Denver Health Medical Center, Denver, CO
Registered Nurse, Emergency Department
2019-03 to present
Provided care to patients in a level 1 trauma center.
Rose Hospital, Denver, CO
Staff Nurse
2015-06 to 2019-02

EDUCATION
Bachelor of Science in Nursing (BSN), University of Colorado Denver, May 2015
High School Diploma, East High School, 2011

CERTIFICATIONS
BLS, ACLS
""",
    {
        "first_name": "Jane", "last_name": "Doe", "phone": "+13035550188", "street": "123 Oak Avenue, Apt 4B",
        "city": "Denver", "region": "CO", "postal_code": "80203", "country": "US",
        "current_company": "Denver Health Medical Center", "current_title": "Registered Nurse", "experience_years": 11,
    },
    [
        ("Registered Nurse", "Denver Health Medical Center", "2019-03", ""),
        ("Staff Nurse", "Rose Hospital", "2015-06", "2019-02"),
    ],
    [
        ("University of Colorado Denver", "Bachelor of Science", "Nursing", 2015),
        ("East High School", "High School Diploma", "", 2011),
    ],
    [],
    [],
)  # fmt: skip

NETWORK_EXPORT = Sample(
    """Contact
www.linkedin.com/in/sam-lee-123 (LinkedIn)
Top Skills
Kubernetes
Terraform
Languages
Korean (Native or Bilingual)
English (Full Professional)
Sam Lee
Site Reliability Engineer at Acme
Seattle, Washington, United States
Summary
I keep things up.
Experience
Acme
Site Reliability Engineer
January 2021 - Present (5 years 11 months)
Seattle, Washington, United States
Initech
Systems Administrator
June 2017 - December 2020 (3 years 7 months)
Portland, Oregon
Education
University of Washington
Bachelor of Science - BS, Informatics · (2013 - 2017)
""",
    {
        "first_name": "Sam", "last_name": "Lee", "city": "Seattle", "region": "WA", "country": "US",
        "linkedin": "https://www.linkedin.com/in/sam-lee-123", "current_company": "Acme",
        "current_title": "Site Reliability Engineer", "experience_years": 9,
    },
    [
        ("Site Reliability Engineer", "Acme", "2021-01", ""),
        ("Systems Administrator", "Initech", "2017-06", "2020-12"),
    ],
    [("University of Washington", "Bachelor of Science", "Informatics", 2017)],
    ["Kubernetes", "Terraform"],
    ["Korean", "English"],
)  # fmt: skip

PROSE = Sample(
    """Ada Moreno
Austin, Texas · +1 512-555-0142 · ada@example.com
Work
Software Engineer, Cactus Software, Austin, 2019 to now
Builds the order system of a chain of garden centres in Python and PostgreSQL: 40 shops, no lost order
in four years.
Developer, Rainey Street Data, Austin, 2016 to 2019
Wrote the import of sensor readings for a water utility; made the nightly run nine times faster.
Education
Bachelor's in Computer Science, University of Texas at Austin, 2016
Skills
Python (8 years), PostgreSQL (6 years), Django, Linux. English and Spanish.
""",
    {
        "first_name": "Ada", "last_name": "Moreno", "phone": "+15125550142", "city": "Austin", "region": "TX",
        "country": "US", "current_company": "Cactus Software", "current_title": "Software Engineer",
        "experience_years": 10,
    },
    [("Software Engineer", "Cactus Software", "2019", ""), ("Developer", "Rainey Street Data", "2016", "2019")],
    [("University of Texas at Austin", "Bachelor's", "Computer Science", 2016)],
    ["Python", "PostgreSQL", "Django", "Linux"],
    ["English", "Spanish"],
)  # fmt: skip

SAMPLES = {
    "prose": PROSE,
    "positions under one employer": POSITIONS_UNDER_ONE_EMPLOYER,
    "nurse": NURSE,
    "network export": NETWORK_EXPORT,
    "classic": CLASSIC,
    "company above": COMPANY_ABOVE,
    "dates below": TITLE_ABOVE_DATES_BELOW,
    "title then company": TITLE_THEN_COMPANY,
    "at, and years only": AT_AND_YEARS_ONLY,
    "no jobs yet": NO_JOBS_YET,
}
