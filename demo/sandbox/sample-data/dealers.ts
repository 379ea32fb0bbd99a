export type DealerId = number;

/** A dealer company as it is registered with CHeKT. */
export interface Dealer {
  readonly id: DealerId;
  readonly companyName: string;
  readonly address1: string;
  readonly address2: string;
  readonly email: string;
  readonly phone: string;
  readonly registeredAt: Date;
  readonly sites: readonly Site[];
}

export interface Site {
  readonly id: number;
  readonly externalId: string;
  readonly name: string;
  readonly address1: string;
  readonly timezone: string;
  readonly activated: boolean;
  readonly createdAt: Date;
}

export const dealers: readonly Dealer[] = [
  {
    id: 12345,
    companyName: 'Acme Security Systems, Inc.',
    address1: '200 Commerce Street',
    address2: 'Suite 410',
    email: 'office@acme.example',
    phone: '+1-205-555-0142',
    registeredAt: new Date('2019-03-11T15:24:07Z'),
    sites: [
      {
        id: 881001,
        externalId: 'acme-warehouse',
        name: 'Riverside Warehouse',
        address1: '18 Dock Road',
        timezone: 'America/Chicago',
        activated: true,
        createdAt: new Date('2021-06-02T09:12:44Z'),
      },
      {
        id: 881002,
        externalId: 'acme-pharmacy',
        name: 'Oak Hill Pharmacy',
        address1: '77 Oak Hill Avenue',
        timezone: 'America/Chicago',
        activated: true,
        createdAt: new Date('2022-01-19T18:40:10Z'),
      },
      {
        id: 881003,
        externalId: 'acme-yard',
        name: 'North Lumber Yard',
        address1: '4 Mill Lane',
        timezone: 'America/New_York',
        activated: false,
        createdAt: new Date('2024-09-30T11:05:00Z'),
      },
    ],
  },
  {
    id: 23456,
    companyName: 'Harbor Alarm & Video, LLC',
    address1: '9 Pier Avenue',
    address2: '',
    email: 'hello@harbor.example',
    phone: '+1-207-555-0177',
    registeredAt: new Date('2020-11-05T08:00:31Z'),
    sites: [
      {
        id: 882001,
        externalId: 'harbor-marina',
        name: 'Eastport Marina',
        address1: '1 Marina Way',
        timezone: 'America/New_York',
        activated: true,
        createdAt: new Date('2023-04-14T13:30:00Z'),
      },
    ],
  },
];

export function dealerById(id: DealerId): Dealer | undefined {
  return dealers.find((dealer) => dealer.id === id);
}
