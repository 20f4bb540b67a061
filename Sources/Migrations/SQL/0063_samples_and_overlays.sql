-- Colours taken from a picture beside those that should be there, and pictures laid over a part of another.

alter table annotations
    -- Of a sample, as #rrggbb.
    add column sampled_color text,
    add column reference_color text,
    -- How much of the attached picture is seen over the area.
    add column opacity double precision,
    drop constraint annotations_shape_is_known,
    add constraint annotations_shape_is_known check (
        shape in ('RECTANGLE', 'CIRCLE', 'ARROW', 'TEXT', 'FREEHAND', 'COLOR_SAMPLE', 'PICTURE_OVERLAY')
    ),
    drop constraint annotations_say_something,
    add constraint annotations_say_something check (
        body <> '' or drawing is not null or sampled_color is not null or opacity is not null
    ),
    add constraint annotations_colors_are_hexadecimal check (
        sampled_color ~ '^#[0-9a-f]{6}$' and reference_color ~ '^#[0-9a-f]{6}$'
    ),
    add constraint annotations_sample_has_colors check (
        num_nonnulls(sampled_color, reference_color, area_x) = 3 and shape is not distinct from 'COLOR_SAMPLE'
        or num_nonnulls(sampled_color, reference_color) = 0 and shape is distinct from 'COLOR_SAMPLE'
    ),
    add constraint annotations_overlay_has_picture check (
        num_nonnulls(opacity, attachment_id, area_x) = 3 and shape is not distinct from 'PICTURE_OVERLAY'
        or opacity is null and shape is distinct from 'PICTURE_OVERLAY'
    ),
    add constraint annotations_opacity_is_fraction check (opacity between 0 and 1);
