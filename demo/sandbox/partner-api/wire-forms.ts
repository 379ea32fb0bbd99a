import type { Dealer, Site } from '../sample-data/dealers.js';
import type { Switches } from '../switches.js';

/** A dealer as the Partner API sends it; `external_dealer_id` only where it is bound. */
export function dealerOnWire(dealer: Dealer, externalDealerId: string | undefined, switches: Switches) {
  return {
    dealer_id: switches.dealerIdType === 'string' ? String(dealer.id) : dealer.id,
    external_dealer_id: externalDealerId,
    company_name: dealer.companyName,
    company_address1: dealer.address1,
    company_address2: dealer.address2 || missing(switches.missingAddress),
    company_email: dealer.email,
    company_phone_number: dealer.phone,
    created_at: timestamp(dealer.registeredAt, switches.timestamps),
  };
}

export function siteOnWire(site: Site, switches: Switches) {
  return {
    site_id: site.id,
    external_site_id: site.externalId,
    name: site.name,
    address1: site.address1,
    timezone: site.timezone,
    is_activated: site.activated ? 1 : 0,
    created_at: timestamp(site.createdAt, switches.timestamps),
  };
}

function missing(form: Switches['missingAddress']): string | null | undefined {
  return { absent: undefined, null: null, empty: '' }[form];
}

function timestamp(date: Date, form: Switches['timestamps']): string {
  const iso = date.toISOString();
  return form === 'iso' ? iso : iso.slice(0, 19).replace('T', ' ');
}
