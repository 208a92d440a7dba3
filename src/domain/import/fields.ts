/** What a sheet's rows are: customers with their contracts, or tiers × priorities. */
export type SheetKind = 'REFERENCE' | 'MATRIX';

/**
 * The fields of a reference sheet with the headings that people give them, the product's own first. Written as
 * `normalHeading` gives them: lower case, one space between words, without accents and punctuation.
 */
const REFERENCE = {
  customerId: [
    'customer id',
    ...[
      'customer',
      'customer no',
      'customer number',
      'customer nr',
      'customer key',
      'customer code',
      'client id',
    ],
    ...['account id', 'account no', 'account number', 'cust id', 'client', 'client no', 'company id'],
    ...[
      'kunde nr',
      'kunden nr',
      'kundennr',
      'kundennummer',
      'kunde',
      'kunden id',
      'debitor',
      'debitorennummer',
    ],
    ...[
      'id client',
      'numero client',
      'n client',
      'id cliente',
      'codigo cliente',
      'codice cliente',
      'klantnummer',
    ],
  ],
  customerName: [
    'customer name',
    ...[
      'name',
      'account',
      'account name',
      'client name',
      'company',
      'company name',
      'organization',
      'organisation',
    ],
    ...[
      'kundenname',
      'firma',
      'firmenname',
      'unternehmen',
      'nom',
      'nom du client',
      'nombre',
      'nome',
      'klantnaam',
    ],
  ],
  contractId: [
    'contract id',
    ...[
      'contract',
      'contract no',
      'contract number',
      'contract nr',
      'contract ref',
      'agreement',
      'agreement id',
    ],
    ...[
      'vertrag',
      'vertrag nr',
      'vertrags nr',
      'vertragsnr',
      'vertragsnummer',
      'vertrags id',
      'contrat',
      'contrato',
    ],
    ...['numero de contrat', 'contratto', 'contractnummer', 'order form'],
  ],
  contractTier: [
    'contract tier',
    ...['contracted tier', 'contract plan', 'contracted plan', 'sold tier', 'signed tier', 'contract level'],
    ...['vertragsstufe', 'vertragslevel', 'vertrag stufe', 'vertragspaket', 'niveau contrat'],
  ],
  mappedTier: [
    'mapped tier',
    ...[
      'current tier',
      'tier',
      'support tier',
      'sla tier',
      'plan',
      'support plan',
      'service level',
      'mapping',
    ],
    ...['aktuelle stufe', 'stufe', 'support stufe', 'servicelevel', 'niveau', 'nivel', 'livello'],
  ],
  startsOn: [
    'starts on',
    ...[
      'start',
      'start date',
      'starts',
      'contract start',
      'contract start date',
      'valid from',
      'effective from',
    ],
    ...[
      'from',
      'begin',
      'beginn',
      'vertragsbeginn',
      'von',
      'ab',
      'gueltig ab',
      'gultig ab',
      'startdatum',
      'debut',
    ],
    ...['date de debut', 'inicio', 'inizio'],
  ],
  endsOn: [
    'ends on',
    ...['end', 'end date', 'ends', 'contract end', 'contract end date', 'valid until', 'valid to', 'expires'],
    ...[
      'expiry',
      'expiry date',
      'renewal date',
      'until',
      'to',
      'ende',
      'vertragsende',
      'bis',
      'laufzeitende',
    ],
    ...['gueltig bis', 'gultig bis', 'enddatum', 'fin', 'date de fin', 'fine'],
  ],
  annualValue: [
    'annual value',
    ...[
      'acv',
      'arr',
      'annual contract value',
      'contract value',
      'yearly value',
      'annual fee',
      'value',
      'amount',
    ],
    ...[
      'jahreswert',
      'vertragswert',
      'jahresbetrag',
      'betrag',
      'wert',
      'montant',
      'montant annuel',
      'importe',
    ],
  ],
  currency: ['currency', 'cur', 'ccy', 'currency code', 'wahrung', 'waehrung', 'devise', 'moneda', 'valuta'],
  csmEmail: [
    'csm email',
    ...[
      'csm',
      'csm mail',
      'csm e mail',
      'customer success manager',
      'account manager',
      'account manager email',
    ],
    ...['owner email', 'betreuer', 'kundenbetreuer', 'ansprechpartner'],
  ],
  seats: [
    'seats',
    'seat count',
    'users',
    'licenses',
    'licences',
    'number of seats',
    'platze',
    'nutzer',
    'lizenzen',
  ],
  timeZone: ['time zone', 'timezone', 'tz', 'zeitzone', 'fuseau horaire'],
  creditsEnabled: ['credits enabled', 'credits', 'service credits', 'sla credits', 'gutschriften'],
  primary: ['primary', 'primary contract', 'main contract', 'hauptvertrag'],
} as const satisfies Record<string, readonly string[]>;

const MATRIX = {
  tier: ['tier', 'tier key', 'plan', 'support tier', 'sla tier', 'stufe', 'support stufe', 'niveau'],
  rank: ['rank', 'tier rank', 'order', 'level', 'rang', 'reihenfolge'],
  tierName: ['tier name', 'plan name', 'display name', 'name', 'bezeichnung', 'stufenname'],
  priority: [
    'priority',
    'prio',
    'severity',
    'sev',
    'prioritat',
    'prioritaet',
    'schweregrad',
    'priorite',
    'prioridad',
  ],
  firstResponse: [
    'first response',
    ...[
      'first response time',
      'response',
      'response time',
      'initial response',
      'frt',
      'reaktionszeit',
      'erstantwort',
    ],
  ],
  nextUpdate: [
    'next update',
    'update',
    'update interval',
    'update frequency',
    'status update',
    'zwischenstand',
  ],
  resolution: [
    'resolution',
    'resolution time',
    'resolve',
    'time to resolve',
    'ttr',
    'losungszeit',
    'loesungszeit',
  ],
  coverage: [
    'coverage',
    'hours',
    'support hours',
    'service hours',
    'schedule',
    'servicezeit',
    'servicezeiten',
  ],
  channels: ['channels', 'channel', 'support channels', 'kanale', 'kanaele', 'canaux'],
  uptimePercent: ['uptime percent', 'uptime', 'availability', 'availability percent', 'verfugbarkeit'],
  achievementPercent: [
    'achievement percent',
    'achievement',
    'target percent',
    'sla target',
    'zielerreichung',
  ],
  creditPercentPerBreach: [
    'credit percent per breach',
    'credit percent',
    'credit per breach',
    'service credit',
  ],
  creditMonthlyCapPercent: [
    'credit monthly cap percent',
    'credit cap',
    'credit cap percent',
    'monthly cap percent',
  ],
  features: ['features', 'benefits', 'leistungen'],
  notes: ['notes', 'note', 'comment', 'comments', 'remarks', 'bemerkung', 'bemerkungen'],
} as const satisfies Record<string, readonly string[]>;

export type ReferenceField = keyof typeof REFERENCE;
export type MatrixField = keyof typeof MATRIX;
export type SheetField = ReferenceField | MatrixField;

/** Field → its headings, normalised, the product's own first. */
export const HEADINGS: Readonly<Record<SheetKind, Readonly<Record<string, readonly string[]>>>> = {
  REFERENCE,
  MATRIX,
};

/** Columns that a sheet of the kind cannot do without; of a group in brackets, at least one. */
export const REQUIRED: Readonly<Record<SheetKind, readonly (readonly SheetField[])[]>> = {
  REFERENCE: [['customerId'], ['mappedTier', 'contractId']],
  MATRIX: [['tier'], ['priority'], ['firstResponse', 'resolution'], ['coverage']],
};

/** Looked for in a sheet to tell the kinds apart: no reference sheet has a priority per row. */
export const looksLikeMatrix = (fields: ReadonlySet<string>): boolean =>
  fields.has('tier') && fields.has('priority') && (fields.has('firstResponse') || fields.has('resolution'));
