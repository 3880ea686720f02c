import type { WarningDraft } from '@tocsin/domain/warning.ts'

/** What the people of the region write, each in the language of the desk. */
type RegionalWords = {
  /** Its own name, as the page says it. */
  readonly language: string
  readonly ardenia: string
  readonly desk: string
  readonly belmara: string
  readonly police: string
  readonly matter: { readonly title: string; readonly summary: string; readonly place: string }
  readonly warning: Pick<WarningDraft, 'subject' | 'paragraphs'>
  readonly officer: string
  readonly office: string
  readonly reasons: string
  readonly room: string
  readonly request: string
  readonly agenda: readonly string[]
  readonly support: string
  /** Put in both languages of the region. */
  readonly proposal: string
  readonly clauses: readonly string[]
  readonly basis: string
  readonly addressee: string
  readonly action: string
  readonly expected: string
  readonly known: string
  readonly signer: string
  readonly sent: string
}

export const regionalWords: Readonly<Record<'en' | 'fr', RegionalWords>> = {
  en: {
    language: 'English',
    ardenia: 'Focal point of Ardenia',
    desk: 'Five Rivers Confederation',
    belmara: 'Focal point of Belmara',
    police: 'River Police',
    matter: {
      title: 'Crossings at the Marrow',
      summary: 'People of one community are turned back at the river.',
      place: 'Marrow',
    },
    warning: {
      subject: 'People turned back at the Marrow',
      paragraphs: [
        'Between 1,700 and 2,100 people crossed in four days; some were turned back.',
        'Violence at the posts is likely (55 to 80 %).',
      ],
    },
    officer: 'S. Ilven',
    office: 'Regional desk',
    reasons: 'The warning of Ardenia agrees with two reports of our own.',
    room: 'Joint presence at the Marrow border posts',
    request: 'At the request of Ardenia, after 1,900 people crossed in four days.',
    agenda: ['Facts agreed', 'Joint presence', 'Note to the Council, Article 54'],
    support: 'We support the presence and offer two observers.',
    proposal: 'Joint presence at the Marrow border posts',
    clauses: [
      'Members deploy unarmed observers at the three Marrow posts for thirty days.',
      'The posts stay open to people in flight; no origin or community is recorded.',
      'The regional desk reports every 48 hours and informs the Security Council.',
    ],
    basis: 'Article 9 of the Charter of the Confederation',
    addressee: 'All members',
    action: 'Observers of the Confederation at three posts',
    expected: 'Nobody is turned back by force.',
    known: 'Counts at the posts, twice a day.',
    signer: 'The Secretary of the Confederation',
    sent: 'Handed over by the Permanent Mission',
  },
  fr: {
    language: 'Français',
    ardenia: 'Point focal d’Ardénie',
    desk: 'Confédération des Cinq Rivières',
    belmara: 'Point focal de Belmara',
    police: 'Police fluviale',
    matter: {
      title: 'Passages à la Marrow',
      summary: 'Des personnes d’une même communauté sont refoulées au fleuve.',
      place: 'Marrow',
    },
    warning: {
      subject: 'Personnes refoulées à la Marrow',
      paragraphs: [
        'Entre 1 700 et 2 100 personnes ont traversé en quatre jours ; certaines ont été refoulées.',
        'Des violences aux postes sont probables (55 à 80 %).',
      ],
    },
    officer: 'S. Ilven',
    office: 'Bureau régional',
    reasons: 'L’alerte de l’Ardénie concorde avec deux de nos propres rapports.',
    room: 'Présence commune aux postes de la Marrow',
    request: 'À la demande de l’Ardénie, après le passage de 1 900 personnes en quatre jours.',
    agenda: ['Faits établis', 'Présence commune', 'Note au Conseil, Article 54'],
    support: 'Nous soutenons cette présence et offrons deux observateurs.',
    proposal: 'Présence commune aux postes de la Marrow',
    clauses: [
      'Les membres déploient des observateurs non armés aux trois postes de la Marrow pendant trente jours.',
      'Les postes restent ouverts aux personnes en fuite ; ni origine ni communauté n’est relevée.',
      'Le bureau régional rend compte toutes les 48 heures et informe le Conseil de sécurité.',
    ],
    basis: 'Article 9 de la Charte de la Confédération',
    addressee: 'Tous les membres',
    action: 'Observateurs de la Confédération à trois postes',
    expected: 'Personne n’est refoulé par la force.',
    known: 'Comptages aux postes, deux fois par jour.',
    signer: 'Le Secrétaire de la Confédération',
    sent: 'Remise par la Mission permanente',
  },
}
