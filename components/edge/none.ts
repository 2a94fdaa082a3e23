/** Of own hosts: the edge finds them by their addresses. */
export const noTargetGroups = { api: [], worker: [] };
