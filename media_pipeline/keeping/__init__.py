"""Where finished files are kept, and how whoever needs one on this machine gets it. See docs/decisions/0075.

Everybody speaks to Django's `default_storage`, which is one of two classes with the same acts: `folder.py`
keeps files below MEDIA_ROOT, `bucket.py` in an S3-compatible bucket. Names are the same in both.
"""
