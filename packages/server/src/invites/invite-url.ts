/** Addresses of invitations and of the tree. */

export const INVITES_PATH = "/invites";
export const TREE_PATH = "/invites/tree";
export const invitedUrl = (token: string) => `/invited/${encodeURIComponent(token)}`;
export const treeUrl = (handle: string) => `${TREE_PATH}?of=${encodeURIComponent(handle)}`;
