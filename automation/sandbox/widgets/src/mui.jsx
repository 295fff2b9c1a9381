import { Autocomplete, Button, Checkbox, FormControl, FormControlLabel, FormHelperText, FormLabel, InputLabel, MenuItem, Radio, RadioGroup, Select, Switch, TextField } from '@mui/material';
import { AdapterDayjs } from '@mui/x-date-pickers/AdapterDayjs';
import { DatePicker } from '@mui/x-date-pickers/DatePicker';
import { LocalizationProvider } from '@mui/x-date-pickers/LocalizationProvider';
import { Application, show, useAnswers } from './application.jsx';
import { COUNTRIES, DEGREES, MODES, SKILLS, YEARS } from './lists.js';

function Page() {
  const answers = useAnswers();
  const { values, set, typed } = answers;
  const text = (label, name, errors, more = {}) => (
    <TextField label={label} fullWidth margin="normal" error={Boolean(errors[name])} helperText={errors[name]} required {...typed(name)} {...more} />
  );
  const menu = (label, name, options, errors) => (
    <FormControl fullWidth margin="normal" required error={Boolean(errors[name])}>
      <InputLabel id={`${name}-label`}>{label}</InputLabel>
      <Select labelId={`${name}-label`} label={label} {...typed(name)}>
        {options.map((one, number) => <MenuItem key={one} value={`v${number}`}>{one}</MenuItem>)}
      </Select>
      <FormHelperText>{errors[name]}</FormHelperText>
    </FormControl>
  );
  return (
    <LocalizationProvider dateAdapter={AdapterDayjs}>
      <Application answers={answers} required={['name', 'email', 'resume', 'country', 'degree', 'years', 'skills', 'authorized', 'start', 'privacy']}>
        {(errors) => <>
          {text('Full name', 'name', errors)}
          {text('Email address', 'email', errors, { type: 'email' })}
          {text('Phone number', 'phone', errors, { required: false, type: 'tel' })}
          <Button component="label" variant="contained">Upload resume
            <input type="file" hidden onChange={(event) => set('resume')(event.target.files[0])} />
          </Button>
          <span>{values.resume?.name}</span>
          <Autocomplete options={COUNTRIES} onChange={(event, value) => set('country')(value)}
            renderInput={(params) => <TextField {...params} label="Country of residence" required margin="normal" error={Boolean(errors.country)} />} />
          {menu('Highest degree', 'degree', DEGREES, errors)}
          {menu('Years of professional experience', 'years', YEARS, errors)}
          <Autocomplete multiple options={SKILLS} onChange={(event, value) => set('skills')(value)} disableCloseOnSelect
            renderInput={(params) => <TextField {...params} label="Skills" required margin="normal" error={Boolean(errors.skills)} />} />
          <FormControl required error={Boolean(errors.authorized)} margin="normal">
            <FormLabel id="authorized-label">Are you authorized to work in the US?</FormLabel>
            <RadioGroup aria-labelledby="authorized-label" {...typed('authorized')}>
              <FormControlLabel value="1" control={<Radio />} label="Yes" />
              <FormControlLabel value="0" control={<Radio />} label="No" />
            </RadioGroup>
          </FormControl>
          <FormControl fullWidth margin="normal">
            <InputLabel id="mode-label">Preferred work arrangement</InputLabel>
            <Select labelId="mode-label" label="Preferred work arrangement" {...typed('mode')}>
              {MODES.map((one) => <MenuItem key={one} value={one}>{one}</MenuItem>)}
            </Select>
          </FormControl>
          <DatePicker label="Earliest start date" onChange={(value) => set('start')(value?.isValid() ? value.format('YYYY-MM-DD') : '')}
            slotProps={{ textField: { required: true, margin: 'normal', fullWidth: true, error: Boolean(errors.start) } }} />
          <FormControlLabel control={<Switch onChange={(event) => set('relocate')(event.target.checked)} />} label="I am willing to relocate" />
          <FormControlLabel required control={<Checkbox onChange={(event) => set('privacy')(event.target.checked || '')} />} label="I have read and agree to the privacy policy" />
          <FormControlLabel control={<Checkbox defaultChecked onChange={(event) => set('news')(event.target.checked)} />} label="Keep me informed about future job opportunities" />
        </>}
      </Application>
    </LocalizationProvider>
  );
}

show(Page);
