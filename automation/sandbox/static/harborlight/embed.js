// Puts the form into the employer's page a moment after that has come, as the board's own script does.

const home = document.getElementById('grnhse_app');
const frame = Object.assign(document.createElement('iframe'), { id: 'grnhse_iframe', src: home.dataset.source, width: '100%', height: '2400', title: 'Greenhouse Job Board' });
frame.style.border = '0';
setTimeout(() => home.append(frame), 400);
