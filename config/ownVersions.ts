/** Major version of PostgreSQL on own hosts: Debian 13's. */
export const ownPostgresMajor = 17;
