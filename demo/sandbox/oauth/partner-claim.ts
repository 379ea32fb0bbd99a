import * as z from 'zod';
import type { DealerId } from '../sample-data/dealers.js';

/** The dealer, and possibly the site, that a token names. The ids are strings, as in CHeKT's sample. */
export interface PartnerClaim {
  readonly dealer_id: string;
  readonly site_id?: string | undefined;
}

const id = z.union([z.string().min(1), z.int()]).transform(String);
const claim = z.object({ dealer_id: id, site_id: id.optional() });

/** Parses the form field, whose value is JSON. Returns undefined if it is not a valid claim. */
export function parsePartnerClaim(text: string): PartnerClaim | undefined {
  try {
    return claim.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export function dealerIdOf(partner: PartnerClaim | undefined): DealerId | undefined {
  return partner && Number(partner.dealer_id);
}
