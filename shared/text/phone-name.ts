/** Maker and model in one name; the maker is not said twice. Null where neither is known. */
export function phoneTitle(phone: { readonly maker: string | null; readonly model: string | null }): string | null {
  const { maker, model } = phone;
  if (!model) return maker || null;
  return maker && !model.toLowerCase().startsWith(maker.toLowerCase()) ? `${maker} ${model}` : model;
}
