"""流畅, 标清, 高清, the poster and the thumbnails of a video (附件3第17项): made and checked by a job."""
