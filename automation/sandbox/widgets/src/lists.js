// What the lists offer, as employers word it.

const CODES = 'AF AL DZ AD AO AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI KH CM CA CV CF TD CL CN CO KM CG CD CR HR CU CY CZ DK DJ DM DO EC EG SV GQ ER EE SZ ET FJ FI FR GA GM GE DE GH GR GD GT GN GW GY HT HN HU IS IN ID IR IQ IE IL IT JM JP JO KZ KE KI KP KR KW KG LA LV LB LS LR LY LI LT LU MG MW MY MV ML MT MH MR MU MX FM MD MC MN ME MA MZ MM NA NR NP NL NZ NI NE NG MK NO OM PK PW PA PG PY PE PH PL PT QA RO RU RW KN LC VC WS SM ST SA SN RS SC SL SG SK SI SB SO ZA SS ES LK SD SR SE CH SY TJ TZ TH TL TG TO TT TN TR TM TV UG UA AE GB US UY UZ VU VE VN YE ZM ZW'.split(' ');
const names = new Intl.DisplayNames(['en'], { type: 'region' });

export const COUNTRIES = CODES.map((code) => names.of(code)).sort();
export const YES_NO = ['Yes', 'No'];
export const DEGREES = ['High school diploma', 'Associate degree', 'Bachelor of Science or equivalent', 'Master of Science or equivalent', 'Doctorate'];
export const YEARS = ['Less than 1 year', '1-2 years', '3-4 years', '5-10 years', 'More than 10 years'];
export const SKILLS = ['C', 'C#', 'C++', 'Go', 'Java', 'JavaScript', 'Kotlin', 'Python', 'Ruby', 'Rust'];
export const GENDERS = ['Male', 'Female', 'Non-binary', 'I prefer not to say'];
export const VETERAN = ['I am not a protected veteran', 'I identify as one or more of the classifications of a protected veteran', 'I do not wish to answer'];
export const NOTICE = ['Immediately', '1 week', '2 weeks', '1 month', '3 months'];
export const SOURCES = ['LinkedIn', 'Indeed', 'A friend', 'Company website', 'Other'];
export const STATES = ['Alabama', 'Alaska', 'Arizona', 'California', 'Colorado', 'New York', 'Texas', 'Utah', 'Washington'];
export const MODES = ['On-site', 'Hybrid', 'Fully remote'];

export const asOptions = (labels) => labels.map((label, number) => ({ value: `v${number}`, label }));
export const DELAY = 350; // milliseconds that a look-up takes

export async function places(text) {
  const answer = await fetch(`/tessera/places?q=${encodeURIComponent(text)}`);
  return answer.json();
}
