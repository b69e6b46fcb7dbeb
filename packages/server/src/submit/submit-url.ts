/** Addresses of submissions and their pictures. */
import type { PaperId } from "@paperwire/domain";
import type { Submission } from "@paperwire/store";

export const submitUrl = (id: PaperId) => `/submit/${id.split("/").map(encodeURIComponent).join("/")}`;

export const imageUrl = ({ id, type }: NonNullable<Submission["image"]>) =>
  `/images/${id}.${type === "image/png" ? "png" : "jpg"}`;
