import { type Child, h, num } from '../dom/h.js';
import { drawIcon } from '../launcher/icons.js';
import { icon, plain } from '../panel/icons.js';
import type { CountryChoice, DialPadModel, PanelModel } from '../panel/panel-model.js';

const SEARCH = plain('M10.5 4.5a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM15 15l4.8 4.8');

/** The view `country`: a field that filters, and the countries below it. The focus stays in the field. */
export function drawCountryList({ texts, dialPad: pad }: PanelModel): Child {
  if (!pad) return false;
  const found = pad.countries.length > 0;
  const active = pad.countries.find(({ code }) => code === pad.active);
  return [
    h(
      'div',
      { class: 'find' },
      drawIcon('search', SEARCH),
      h('input', {
        type: 'search',
        name: 'search',
        part: 'country-search',
        role: 'combobox',
        'data-act': 'search',
        'data-key': 'search',
        autocomplete: 'off',
        'aria-autocomplete': 'list',
        'aria-expanded': String(found),
        'aria-controls': found && 'places',
        'aria-activedescendant': active && idOf(active),
        'aria-label': texts.searchCountry,
        placeholder: texts.searchCountry,
        value: pad.search,
      }),
    ),
    found
      ? h(
          'div',
          {
            class: 'places',
            part: 'countries',
            id: 'places',
            role: 'listbox',
            'aria-label': texts.country,
          },
          pad.countries.map((country) => option(country, pad)),
        )
      : h('p', { class: 'tip' }, texts.noCountry),
  ];
}

const idOf = ({ code }: CountryChoice): string => `place-${code}`;

function option(country: CountryChoice, pad: DialPadModel): HTMLElement {
  const chosen = country.code === pad.country;
  return h(
    'div',
    {
      class: country.code === pad.active ? 'place is-active' : 'place',
      id: idOf(country),
      role: 'option',
      'aria-selected': String(chosen),
      'data-act': 'country',
      'data-value': country.code,
      'data-key': country.code,
    },
    h('i', {}, country.code),
    h('span', {}, country.name),
    num(country.callingCode),
    chosen ? icon('check') : h('span'),
  );
}
