/** Stands where the bars above the lanes will, and as high, until the first picture is painted: they take as long to build as it does. */
export function ComingBars() {
  return (
    <>
      <div className="tl-bar tl-coming" aria-hidden="true">
        <div className="tl-sort">
          <span className="input choice">…</span>
        </div>
        <span className="tl-coming-row" />
      </div>
      <div className="tl-filters" aria-hidden="true" />
    </>
  );
}
