import type { Knex } from "knex";
import type { Pricing } from "../pricing";

/** What the routes work with. */
export interface RouteState {
  writer: Knex;
  reader: Knex;
  pricing: Pricing;
  /** Secret of the calls between the services. */
  secret: string;
}
