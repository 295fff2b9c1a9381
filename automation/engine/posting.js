// Returns where the one job of the page is, or may be worked at: countries as the page names them to machines
// (schema.org, "JobPosting"); none where it tells of no job, or of several.
const found = [];
const walk = (one) => {
  if (Array.isArray(one)) one.forEach(walk);
  else if (one && typeof one === 'object') {
    if ([one['@type']].flat().includes('JobPosting')) found.push(one);
    else walk(one['@graph']);
  }
};
for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
  try { walk(JSON.parse(script.textContent)); } catch { /* what cannot be read tells nothing */ }
}
const nameOf = (one) => (typeof one === 'string' ? one : one?.name || '');
const places = found.length === 1 ? [found[0].jobLocation].flat().map((one) => nameOf(one?.address?.addressCountry)) : [];
const wanted = found.length === 1 ? [found[0].applicantLocationRequirements].flat().map(nameOf) : [];
return [...places, ...wanted].filter(Boolean).map(String);
